import type { NextConfig } from 'next';

const nextConfig: NextConfig = {
  serverExternalPackages: ['@liveinsight/collector', 'libsql'],
  /* config options here */
};

export default nextConfig;
