// Removes a package's build before the next one: a declaration whose source has moved would stay, and be published.
import { rmSync } from 'node:fs';

rmSync('dist', { recursive: true, force: true });
