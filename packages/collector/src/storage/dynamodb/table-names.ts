/** The names of the two tables. */

export interface TableNames {
  /** The log. Default: `EVENTS_TABLE`, else `liveinsight-events`. */
  eventsTable: string;
  /** The numbers. Default: `ROLLUPS_TABLE`, else `liveinsight-rollups`. */
  rollupsTable: string;
}

export function tableNames(options: Partial<TableNames>): TableNames {
  return {
    eventsTable: options.eventsTable ?? process.env.EVENTS_TABLE ?? 'liveinsight-events',
    rollupsTable: options.rollupsTable ?? process.env.ROLLUPS_TABLE ?? 'liveinsight-rollups',
  };
}
