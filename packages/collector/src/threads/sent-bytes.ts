/** Bytes as they are sent to another thread: a view takes the whole buffer with it that it shows a part of. */
export const toSentBytes = (bytes: Uint8Array): Uint8Array =>
  bytes.byteLength === bytes.buffer.byteLength ? bytes : new Uint8Array(bytes);
