/** A part of the page that is loaded when it is first shown. */
import type { ComponentType } from 'preact';
import { useEffect, useState } from 'preact/hooks';
import { useMessages } from '../hooks/use-messages.js';
import { SHELL_MESSAGES } from '../i18n/shell-messages.js';

/** @param isSilent whether its place stays empty until it is there, and where it cannot be loaded. Default false. */
export function lazy<Props extends object>(
  load: () => Promise<ComponentType<Props>>,
  { isSilent = false } = {},
): ComponentType<Props> {
  let loaded: ComponentType<Props> | undefined;
  return function Lazy(props: Props) {
    const [Part, setPart] = useState(() => loaded);
    const [isLost, setLost] = useState(false);
    useEffect(() => {
      if (Part) return;
      load().then(
        (component) => {
          loaded = component;
          setPart(() => component);
        },
        () => setLost(true),
      );
    }, []);
    if (Part) return <Part {...props} />;
    return isSilent ? null : <Waiting isLost={isLost} />;
  };
}

function Waiting({ isLost }: { isLost: boolean }) {
  const messages = useMessages(SHELL_MESSAGES);
  return isLost ? <p role="alert">{messages.unreachable}</p> : <p class="soft">{messages.loading}</p>;
}
