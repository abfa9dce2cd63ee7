import { collector } from '../../utils/liveinsight';

export default defineEventHandler((event) => {
  const ip = getRequestIP(event);
  return collector().fetch(toWebRequest(event), ip === undefined ? {} : { ip });
});
