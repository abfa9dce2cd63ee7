// dynalite as a process of its own: directory of the data, then the port.
import { startDynalite } from '@liveinsight/collector/local';

const [path, port] = process.argv.slice(2);
const { endpoint } = await startDynalite({ path, port: Number(port) });
console.log(endpoint);
