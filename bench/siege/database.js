/** The embedded database as a process of its own, so that it can be killed. */
import { startDynalite } from '@liveinsight/collector/local';

const { endpoint } = await startDynalite({ path: process.env.DATABASE_PATH, port: Number(process.env.PORT) });
process.send?.({ endpoint });
