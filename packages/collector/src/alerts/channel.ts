/** What a chat system takes instead of our own message: the sentence, in its format. Pure. */
import type { AlertChannel, AlertMessage } from '@liveinsight/schema';

/** Characters of a message that Discord takes. */
const DISCORD_CHARS = 2_000;

/** Hosts that take one format alone. Teams' webhooks are workflows of Power Automate, or older connectors. */
const HOSTS: [RegExp, AlertChannel][] = [
  [/^hooks\.slack(-gov)?\.com$/, 'slack'],
  [/^((canary|ptb)\.)?discord(app)?\.com$/, 'discord'],
  [/(\.webhook\.office\.com|\.logic\.azure\.com|\.api\.powerplatform\.com)$/, 'teams'],
];

/** The format that an address takes, where the alert does not say. */
export function detectChannel(url: string): AlertChannel {
  const { hostname, pathname } = new URL(url);
  const channel = HOSTS.find(([hosts]) => hosts.test(hostname))?.[1] ?? 'webhook';
  // Discord takes Slack's format under an address of its own.
  return channel === 'discord' && /\/slack\/?$/.test(pathname) ? 'slack' : channel;
}

/** The body of the POST. */
export function bodyFor(channel: AlertChannel, message: AlertMessage): string {
  const { text } = message;
  switch (channel) {
    case 'slack':
      return JSON.stringify({ text: escapeForSlack(text) });
    case 'discord':
      // What a visitor or an alert is named must not call everyone.
      return JSON.stringify({
        content: [...text].slice(0, DISCORD_CHARS / 2).join(''),
        allowed_mentions: { parse: [] },
      });
    case 'teams':
      return JSON.stringify({ type: 'message', attachments: [adaptiveCard(text)] });
    default:
      return JSON.stringify(message);
  }
}

const escapeForSlack = (text: string): string =>
  text.replaceAll('&', '&amp;').replaceAll('<', '&lt;').replaceAll('>', '&gt;');

const adaptiveCard = (text: string) => ({
  contentType: 'application/vnd.microsoft.card.adaptive',
  contentUrl: null,
  content: {
    $schema: 'http://adaptivecards.io/schemas/adaptive-card.json',
    type: 'AdaptiveCard',
    version: '1.4',
    body: [{ type: 'TextBlock', text, wrap: true }],
  },
});
