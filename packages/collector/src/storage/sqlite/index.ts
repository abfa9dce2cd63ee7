/** The store of one machine, in a folder: SQLite, by Node itself or the package `libsql`. */
export { backUpDatabase, checkDatabase } from './backup.js';
export { DamagedFileError } from './damaged-file.js';
export { FolderInUseError } from './folder-lock.js';
export { NewerSchemaError } from './schema.js';
export { type SqliteStore, type SqliteStoreOptions, sqliteStore } from './store.js';
