/** The port behind which is kept what people set on the dashboard, per site: small, few, changed only by compare-and-set. */

/** `alert_state`: how it stands with the alert of the same id. */
export type SettingKind =
  | 'annotation'
  | 'alert'
  | 'alert_state'
  | 'funnel'
  | 'exclusion'
  | 'goal'
  | 'page_group'
  | 'saved_segment';

export interface Setting {
  kind: SettingKind;
  id: string;
  /** Counts the puts: what compare-and-set compares. 1 for the first. */
  version: number;
  /** What was set, as JSON. */
  body: string;
}

export interface SettingsStore {
  /** All of a kind, by id, strongly consistent. */
  settings(site: string, kind: SettingKind): Promise<Setting[]>;
  /** Puts a setting if the stored one still has the version before it (none for version 1); says whether it was put. */
  putSetting(site: string, setting: Setting): Promise<boolean>;
  /** Deletes a setting; says whether there was one. */
  deleteSetting(site: string, kind: SettingKind, id: string): Promise<boolean>;
}
