import { LiveInsight } from '@liveinsight/cdk';
import { App, Stack } from 'aws-cdk-lib';

const stack = new Stack(new App(), 'LiveInsight');
new LiveInsight(stack, 'Analytics', {
  environment: 'prod',
  sites: [{ id: 'shop', origins: ['https://shop.example'] }],
});
