import { reactRouter8 } from './apps/react-router.js';
import { testMount } from './test-mount.js';

testMount(reactRouter8);
