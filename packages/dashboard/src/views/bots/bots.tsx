/** How AI reaches the site: people whom assistants send, and crawlers that read pages, by who operates them. */
import '../report-parts/report-parts.css';
import { ViewHeader } from '../../components/view-header.js';
import { useMessages } from '../../hooks/use-messages.js';
import { Assistants } from './assistants.js';
import { Crawlers } from './crawlers.js';
import { BOTS } from './messages.js';

export function Bots() {
  const messages = useMessages(BOTS);
  return (
    <div class="report">
      <ViewHeader title={messages.title} />
      <Assistants />
      <Crawlers />
    </div>
  );
}
