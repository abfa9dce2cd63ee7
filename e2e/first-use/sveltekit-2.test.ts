import { svelteKit2 } from './apps/sveltekit.js';
import { testMount } from './test-mount.js';

testMount(svelteKit2);
