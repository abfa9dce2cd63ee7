/** Alerts that fire, over whatever view is open; and as notices of the browser where these are wanted. */
import './alert-banner.css';
import type { Alert } from '@liveinsight/schema';
import { useEffect, useRef, useState } from 'preact/hooks';
import { asProblem } from '../api/problem.js';
import { useApp } from '../app/context.js';
import { ALERT_WORDS, alertNumber, sayRule } from '../words/alert-words.js';
import { useWords } from '../words/use-words.js';
import { giveNotice, noticeState } from './notices.js';

const ASK_EVERY_MS = 15_000;

export function AlertBanner() {
  const firing = useFiring();
  const [dismissed, setDismissed] = useState<readonly string[]>([]);
  const shown = firing.filter((alert) => !dismissed.includes(timeOf(alert)));
  return (
    <div class="alert-banners" role="status" aria-live="polite">
      {shown.map((alert) => (
        <Banner
          key={timeOf(alert)}
          alert={alert}
          dismiss={() => setDismissed([...dismissed, timeOf(alert)])}
        />
      ))}
    </div>
  );
}

/** Names this time that it fires. */
const timeOf = ({ id, state }: Alert): string => `${id} ${state?.fired_at}`;

function Banner({ alert, dismiss }: { alert: Alert; dismiss(): void }) {
  const words = useWords(ALERT_WORDS);
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
          <bdi>{sayRule(alert, language, format)}</bdi>
          {value != null && <> · {words.is_now(alertNumber(metric, value, format))}</>}
          {state && <> · {words.since(format.moment(state.since))}</>}
        </span>
      </p>
      <button type="button" aria-label={words.dismiss(name)} onClick={dismiss}>
        ×
      </button>
    </div>
  );
}

function useFiring(): readonly Alert[] {
  const { client, site, onProblem, language, format } = useApp();
  const words = useWords(ALERT_WORDS);
  const [firing, setFiring] = useState<readonly Alert[]>([]);
  const told = useRef(new Set<string>());
  const tell = useRef((_alert: Alert) => {});
  tell.current = (alert) => {
    if (told.current.has(timeOf(alert))) return;
    told.current.add(timeOf(alert));
    giveNotice(words.fires(alert.name), sayRule(alert, language, format), timeOf(alert));
  };

  useEffect(() => {
    const ended = new AbortController();
    const ask = () => {
      // Unseen, a page asks for nothing but what its reader wants to be told of all the same.
      if (document.hidden && noticeState() !== 'on') return;
      client.read('/alerts', { site: site.id }, ended.signal).then(
        ({ alerts }) => {
          const now = alerts.filter(({ enabled, state }) => enabled && state?.status === 'firing');
          setFiring(now);
          for (const alert of now) tell.current(alert);
        },
        // What is known stays on the page; the views say that the collector does not answer.
        (error) => ended.signal.aborted || onProblem(asProblem(error)),
      );
    };
    ask();
    const timer = setInterval(ask, ASK_EVERY_MS);
    document.addEventListener('visibilitychange', ask);
    return () => {
      ended.abort();
      clearInterval(timer);
      document.removeEventListener('visibilitychange', ask);
    };
  }, [client, site.id, onProblem]);
  return firing;
}
