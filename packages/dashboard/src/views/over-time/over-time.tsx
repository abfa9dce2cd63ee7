/** What happened over a range of time. */
import { Empty } from '../../parts/states.js';

export const OverTime = () => <Empty title="…" />;
