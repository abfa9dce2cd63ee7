/** Whose events are counted: people's, bots', or both. */
import type { Traffic } from '@liveinsight/schema';

/** What rollups count. */
export const defaultTraffic = (countBots: boolean): Traffic => (countBots ? 'all' : 'people');

export const isOfTraffic = ({ bot }: { bot?: true }, traffic: Traffic): boolean =>
  traffic === 'all' || (bot === true) === (traffic === 'bots');
