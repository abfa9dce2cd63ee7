import { svelteKit3 } from './apps/sveltekit.js';
import { testMount } from './test-mount.js';

testMount(svelteKit3);
