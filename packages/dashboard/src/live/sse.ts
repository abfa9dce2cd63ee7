/** Server-Sent Events out of a stream of text (WHATWG HTML §9.2.6), as far as the collector uses them. Pure. */

export interface Message {
  id: string | undefined;
  data: string;
}

/** Takes text as it comes, cut anywhere, and tells of each message that is whole. */
export function readMessages(tell: (message: Message) => void): (text: string) => void {
  let rest = '';
  return (text) => {
    rest += text;
    const blocks = rest.split(/\r\n\r\n|\n\n|\r\r/);
    rest = blocks.pop() ?? '';
    for (const block of blocks) {
      const message = messageOf(block);
      if (message) tell(message);
    }
  };
}

/** Undefined for comments, which only keep the line alive. */
function messageOf(block: string): Message | undefined {
  let id: string | undefined;
  const data: string[] = [];
  for (const line of block.split(/\r\n|\n|\r/)) {
    const [, name, value = ''] = /^([a-z]+)(?:: ?(.*))?$/s.exec(line) ?? [];
    if (name === 'id') id = value;
    if (name === 'data') data.push(value);
  }
  return data.length > 0 ? { id, data: data.join('\n') } : undefined;
}
