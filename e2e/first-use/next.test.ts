import { next } from './apps/next.js';
import { testMount } from './test-mount.js';

testMount(next);
