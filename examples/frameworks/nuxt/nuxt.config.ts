export default defineNuxtConfig({
  app: { head: { script: [{ src: '/analytics/liveinsight.js', async: true, 'data-site': 'shop' }] } },
  compatibilityDate: '2026-01-01',
  telemetry: false,
});
