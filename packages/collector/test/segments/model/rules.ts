/** What keeps stored columns right. Each can be switched off in the model, and histories then go wrong. */
export const RULES = {
  once: 'a batch is built in once, however often a lost put makes it be read',
  newNames: 'a segment’s name is new at every attempt',
  partsFirst: 'parts are written before the state that names them',
  stateFirst: 'a day is read before its log: what changes the log in between changes the version',
  whole: 'a day is put with columns only if nothing of its log has expired',
  stillWhole: '… by the time that it is put, not only once it was read',
  importRebuild: 'an import makes columns be built again',
  survey: 'days without columns are looked for',
  markFirst: 'an erasure is marked before anything is deleted',
  before: 'an erasure takes what arrived before it, no more',
  settled: 'an erasure is applied again once it has settled',
  keepMark: '… and its mark stays until the day is closed',
  bump: '… and the version goes up even where nothing was found',
  list: '… and unnamed parts are looked for',
  versionBound: '… of versions up to the state’s, no later ones',
  scan: 'an erasure looks into days whose log has expired',
  reread: 'a reader whose part is missing reads the day again',
  discard: 'a put that was refused takes its parts away',
} as const;

export type Rule = keyof typeof RULES;
