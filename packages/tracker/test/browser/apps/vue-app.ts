/** A Vue app with Vue Router, whose first route leads to another: tracks as it mounts, and on a button that goes to a page. */
import { liveInsight, useTracker } from '@liveinsight/tracker/vue';
import { createApp, h, onMounted } from 'vue';
import { createRouter, createWebHistory, RouterView, useRouter } from 'vue-router';

const Shop = {
  setup() {
    const { track } = useTracker<{ mounted: undefined; bought: { plan: string } }>();
    const { push } = useRouter();
    onMounted(() => track('mounted'));
    const buy = () => {
      track('bought', { plan: 'pro' });
      push('/product');
    };
    return () => h('button', { onClick: buy }, 'Buy');
  },
};

const router = createRouter({
  history: createWebHistory(),
  routes: [
    { path: '/', redirect: '/home' },
    { path: '/home', component: Shop },
    { path: '/product', component: { render: () => h('p', 'Product') } },
  ],
});
const app = createApp(RouterView)
  .use(liveInsight({ site: 'shop' }))
  .use(router);
app.mount(document.body.appendChild(document.createElement('div')));
