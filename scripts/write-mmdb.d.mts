type Value = string | number | { [key: string]: Value } | Value[];

/** @param networks as `203.0.113.0/24`, none within another */
export function writeMmdb(networks: Record<string, Value>, databaseType?: string): Buffer;
