/** A Svelte app: tracks as it mounts, and on a button that goes to another page. */
import { mount } from 'svelte';
import Root from './root.svelte';

mount(Root, { target: document.body });
