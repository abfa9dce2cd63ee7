import { nest } from './apps/nest.js';
import { testMount } from './test-mount.js';

testMount(nest);
