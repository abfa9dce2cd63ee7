/** A number that changes while it is looked at: each new one is an element of its own, so that it comes in and nothing shifts. */
export const LiveNumber = ({ id, text, class: name = '' }: { id?: string; text: string; class?: string }) => (
  <span class={`live-number ${name}`} {...(id ? { id } : {})}>
    <span key={text}>{text}</span>
  </span>
);
