/** What opens the collectors that `collector-process.js` starts. */
export const READ_KEY = 'a key to listen with';
