/** What keeps the tail right. Each can be switched off in the model, and histories then go wrong. */
export const RULES = {
  names: 'an item seen before the last cursor has passed it is known by name',
  trail: 'cursors that trail by 2, 15 and 120 s read again',
  resume: 'a read goes on where the one before ended, not at a margin before now',
  ownTime: 'a cursor is the time of a read, not the newest stamp seen',
  mono: 'no cursor goes back when the clock does',
  prune: 'names are forgotten behind the last cursor, not by the clock',
  startTime: 'the time of a read is taken before its first page',
  ack: 'a cursor moves only over pages that came',
  bound: 'as_of stands where a bounded read ended',
  asOf: 'as_of is the time of the read that was shared, not of the question',
  parted: 'a watermark within a bucket begins a new aggregate',
  cut: 'stored hour and buckets are taken together, in one turn',
  marks: 'marks of the tail’s days begin a new aggregate',
  settleMarks: '… until it was begun after the mark had settled',
  marksFirst: 'marks are read before the state',
  session: 'names hold the session',
  item: 'once by item, not by event id: stored hours count so',
  guard: 'what is announced behind the last cursor is left out',
  settle: 'rollers leave 120 s alone (off: 20 s)',
  back: 'a stored hour older than the aggregate (a restored table) begins a new one',
  paused: 'an aggregate that no page was read for 5 minutes is begun again: the log may be a restored one',
  shared: 'who shares a read that fails, fails as well',
  standby: 'an aggregate that is being replaced answers with the stored hour it belongs to',
  complete: 'buckets answer for a stored hour only where they held all of it',
} as const;

export type Rule = keyof typeof RULES;
