import { type RouteConfig, index } from '@react-router/dev/routes';

export default [
  { path: 'analytics/*', file: 'routes/analytics.ts' },
  index('routes/home.tsx')] satisfies RouteConfig;
