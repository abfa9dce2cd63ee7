/** Alerts that fire, over whatever view is open; and as notices of the browser where these are wanted. */
import './alert-banner.css';
import type { Alert } from '@liveinsight/schema';
import { useEffect, useRef, useState } from 'preact/hooks';
import { toApiError } from '../api/error.js';
import { useApp } from '../hooks/app-context.js';
import { useMessages } from '../hooks/use-messages.js';
import { ALERT_MESSAGES, alertNumber, describeRule } from '../i18n/alert-messages.js';
import { giveNotice, notificationState } from './notifications.js';

const POLL_MS = 15_000;

export function AlertBanner() {
  const firing = useFiring();
  const [dismissed, setDismissed] = useState<readonly string[]>([]);
  const shown = firing.filter((alert) => !dismissed.includes(firingKey(alert)));
  return (
    <div class="alert-banners" role="status" aria-live="polite">
      {shown.map((alert) => (
        <Banner
          key={firingKey(alert)}
          alert={alert}
          dismiss={() => setDismissed([...dismissed, firingKey(alert)])}
        />
      ))}
    </div>
  );
}

/** Names this time that it fires. */
const firingKey = ({ id, state }: Alert): string => `${id} ${state?.fired_at}`;

function Banner({ alert, dismiss }: { alert: Alert; dismiss(): void }) {
  const messages = useMessages(ALERT_MESSAGES);
  const { format, language, hrefTo } = useApp();
  const { name, metric, state } = alert;
  const value = state?.value;
  return (
    <div class="alert-banner" data-alert-id={alert.id}>
      <p>
        <a href={hrefTo({ view: 'alerts', session: undefined })}>
          <bdi>{name}</bdi>
        </a>
        <span>
          <bdi>{describeRule(alert, language, format)}</bdi>
          {value != null && <> · {messages.is_now(alertNumber(metric, value, format))}</>}
          {state && <> · {messages.since(format.moment(state.since))}</>}
        </span>
      </p>
      <button type="button" aria-label={messages.dismiss(name)} onClick={dismiss}>
        ×
      </button>
    </div>
  );
}

function useFiring(): readonly Alert[] {
  const { client, site, onError, language, format } = useApp();
  const messages = useMessages(ALERT_MESSAGES);
  const [firing, setFiring] = useState<readonly Alert[]>([]);
  const told = useRef(new Set<string>());
  const tell = useRef((_alert: Alert) => {});
  tell.current = (alert) => {
    if (told.current.has(firingKey(alert))) return;
    told.current.add(firingKey(alert));
    giveNotice(messages.fires(alert.name), describeRule(alert, language, format), firingKey(alert));
  };

  useEffect(() => {
    const ended = new AbortController();
    const ask = () => {
      // Unseen, a page asks for nothing but what its reader wants to be told of all the same.
      if (document.hidden && notificationState() !== 'on') return;
      client.read('/alerts', { site: site.id }, ended.signal).then(
        ({ alerts }) => {
          const now = alerts.filter(({ enabled, state }) => enabled && state?.status === 'firing');
          setFiring(now);
          for (const alert of now) tell.current(alert);
        },
        // What is known stays on the page; the views say that the collector does not answer.
        (error) => ended.signal.aborted || onError(toApiError(error)),
      );
    };
    ask();
    const timer = setInterval(ask, POLL_MS);
    document.addEventListener('visibilitychange', ask);
    return () => {
      ended.abort();
      clearInterval(timer);
      document.removeEventListener('visibilitychange', ask);
    };
  }, [client, site.id, onError]);
  return firing;
}
