/** Bytes as lines of text, as they come: no more of them in memory than one line may have. */
import { MAX_DECODED_BODY_BYTES } from '@liveinsight/schema';

/** An export's line has, beside a batch, what the server knew. */
export const MAX_LINE_BYTES = MAX_DECODED_BODY_BYTES + 65_536;
const NEWLINE = 10;

export interface TextLine {
  /** From 1. */
  line: number;
  /** Undefined where it has too many bytes. */
  text: string | undefined;
}

/** Lines that say nothing are counted, and left out. */
export async function* splitLines(bytes: AsyncIterable<Uint8Array>): AsyncGenerator<TextLine> {
  let parts: Uint8Array[] = [];
  let length = 0;
  let line = 0;
  const add = (part: Uint8Array) => {
    length += part.length;
    if (length > MAX_LINE_BYTES) parts = [];
    else parts.push(part);
  };
  const take = (): TextLine | undefined => {
    line += 1;
    const text = length > MAX_LINE_BYTES ? undefined : Buffer.concat(parts).toString().trim();
    parts = [];
    length = 0;
    return text === '' || text === '\ufeff' ? undefined : { line, text: text?.replace(/^\ufeff/, '') };
  };
  for await (const chunk of bytes) {
    let from = 0;
    for (let end = chunk.indexOf(NEWLINE); end >= 0; end = chunk.indexOf(NEWLINE, from)) {
      add(chunk.subarray(from, end));
      from = end + 1;
      const next = take();
      if (next) yield next;
    }
    // What is kept beyond this chunk must not be changed by whoever reuses its buffer.
    if (from < chunk.length) add(chunk.slice(from));
  }
  const last = length > 0 ? take() : undefined;
  if (last) yield last;
}
