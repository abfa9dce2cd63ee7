/** The button of the settings, which are loaded when they are opened. */
import { lazy } from '../components/lazy.js';
import { Popover } from '../components/popover.js';
import { useMessages } from '../hooks/use-messages.js';
import { SHELL_MESSAGES } from '../i18n/shell-messages.js';
import type { SettingsMenuProps } from './settings-form.js';

const SettingsForm = lazy<SettingsMenuProps & { close(): void }>(
  async () => (await import('./settings-form.js')).SettingsForm,
);

export function SettingsMenu({ isOpen, ...props }: SettingsMenuProps & { isOpen: boolean }) {
  const messages = useMessages(SHELL_MESSAGES);
  return (
    <Popover class="settings" label={<GearIcon />} title={messages.settings} isOpenAtFirst={isOpen}>
      {(close) => <SettingsForm {...props} close={close} />}
    </Popover>
  );
}

const GearIcon = () => (
  <svg class="icon" viewBox="0 0 20 20" aria-hidden="true">
    <path d="M3 6h7m4 0h3M3 14h3m4 0h7M12 4v4M8 12v4" />
  </svg>
);
