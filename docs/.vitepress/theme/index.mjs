// System fonts: the site loads nothing that it does not need.
import { withBase } from 'vitepress';
import DefaultTheme from 'vitepress/theme-without-fonts';
import { h } from 'vue';
import './style.css';

/** The page that has it loads it when it is scrolled to. */
const LiveDemo = () =>
  h('iframe', {
    class: 'demo',
    loading: 'lazy',
    title: 'The dashboard',
    src: withBase('/live-demo/index.html?view=overview'),
  });

/** @type {import('vitepress').Theme} */
export default { extends: DefaultTheme, enhanceApp: ({ app }) => app.component('LiveDemo', LiveDemo) };
