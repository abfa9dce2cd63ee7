/** Firing alerts, on top of every view, and as browser notifications if they are turned on. */
import './alert-banner.css';
import type { Alert } from '@liveinsight/schema';
import { useEffect, useRef, useState } from 'preact/hooks';
import { toApiError } from '../api/error.js';
import { useApp } from '../hooks/app-context.js';
import { useMessages } from '../hooks/use-messages.js';
import { ALERT_MESSAGES, alertNumber, describeRule } from '../i18n/alert-messages.js';
import { giveNotice, notificationState } from './notifications.js';

const POLL_MS = 15_000;

/** More than these would cover the page. */
const MAX_COLLAPSED = 3;

export function AlertBanner() {
  const messages = useMessages(ALERT_MESSAGES);
  const { format } = useApp();
  const firing = useFiring();
  const [dismissed, setDismissed] = useState<readonly string[]>([]);
  const [isExpanded, setExpanded] = useState(false);
  const open = firing.filter((alert) => !dismissed.includes(firingKey(alert)));
  const more = open.length - MAX_COLLAPSED;
  return (
    <div class={`alert-banners ${isExpanded ? 'expanded' : ''}`} role="status" aria-live="polite">
      {(isExpanded ? open : open.slice(0, MAX_COLLAPSED)).map((alert) => (
        <Banner
          key={firingKey(alert)}
          alert={alert}
          dismiss={() => setDismissed([...dismissed, firingKey(alert)])}
        />
      ))}
      {more > 0 && (
        <button
          type="button"
          class="alert-more"
          aria-expanded={isExpanded}
          onClick={() => setExpanded(!isExpanded)}
        >
          {isExpanded ? messages.fewer : messages.more(format.number(more))}
        </button>
      )}
    </div>
  );
}

/** Identifies an alert and the time it began to fire: dismissed, it shows again when it fires again. */
const firingKey = ({ id, state }: Alert): string => `${id} ${state?.fired_at}`;

/** The newest comes first: it must not be among those that are collapsed. */
const firedAt = ({ state }: Alert): number => Date.parse(state?.fired_at ?? '') || 0;

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
  const notified = useRef(new Set<string>());
  const notify = useRef((_alert: Alert) => {});
  notify.current = (alert) => {
    if (notified.current.has(firingKey(alert))) return;
    notified.current.add(firingKey(alert));
    giveNotice(messages.fires(alert.name), describeRule(alert, language, format), firingKey(alert));
  };

  useEffect(() => {
    const ended = new AbortController();
    const poll = () => {
      // A hidden page polls only for notifications.
      if (document.hidden && notificationState() !== 'on') return;
      client.read('/alerts', { site: site.id }, ended.signal).then(
        ({ alerts }) => {
          const now = alerts
            .filter(({ enabled, state }) => enabled && state?.status === 'firing')
            .sort((a, b) => firedAt(b) - firedAt(a));
          setFiring(now);
          for (const alert of now) notify.current(alert);
        },
        // Banners stay as they are; the views show that the collector does not respond.
        (error) => ended.signal.aborted || onError(toApiError(error)),
      );
    };
    poll();
    const timer = setInterval(poll, POLL_MS);
    document.addEventListener('visibilitychange', poll);
    return () => {
      ended.abort();
      clearInterval(timer);
      document.removeEventListener('visibilitychange', poll);
    };
  }, [client, site.id, onError]);
  return firing;
}
