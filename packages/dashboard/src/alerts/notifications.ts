/** Notices of the browser itself, for who wants them: also while the page is not looked at. */

export type NoticeState = 'on' | 'off' | 'denied' | 'unsupported';

const NAME = 'liveinsight-notices';

export function notificationState(): NoticeState {
  if (!('Notification' in globalThis)) return 'unsupported';
  if (Notification.permission === 'denied') return 'denied';
  return Notification.permission === 'granted' && isWanted() ? 'on' : 'off';
}

export async function setNotifications(wanted: boolean): Promise<NoticeState> {
  if (wanted && notificationState() === 'off') await Notification.requestPermission();
  try {
    localStorage.setItem(NAME, wanted ? 'on' : 'off');
  } catch {
    // Storage is denied: there are none then.
  }
  return notificationState();
}

/** @param tag the same notice is shown once, whichever tabs are open */
export function giveNotice(title: string, body: string, tag: string): void {
  if (notificationState() !== 'on') return;
  try {
    new Notification(title, { body, tag });
  } catch {
    // Some mobile browsers let only service workers do this: the page itself shows it.
  }
}

function isWanted(): boolean {
  try {
    return localStorage.getItem(NAME) === 'on';
  } catch {
    return false;
  }
}
