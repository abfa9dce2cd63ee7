/** Pages as people write them: `/블로그` of `/%EB%B8%94…`. Pure. */

/** Decoded letters that would hide, move or break what stands around them: controls, direction marks, spaces of any kind. */
const UNREADABLE = /[\p{C}\p{Z}]/gu;

/** What cannot be decoded stays as it is, and so does what would mean something else: `%2F` and the like. */
export const readablePath = (path: string): string =>
  path.replace(/(?:%[0-9a-f]{2})+/gi, (bytes) => {
    try {
      return decodeURI(bytes).replace(UNREADABLE, (letter) =>
        letter === ' ' ? ' ' : encodeURIComponent(letter),
      );
    } catch {
      return bytes;
    }
  });
