import { Controller, Get } from '@nestjs/common';

@Controller()
export class AppController {
  @Get()
  getPage(): string {
    return '<!doctype html><title>Shop</title><script async src="/analytics/liveinsight.js" data-site="shop"></script><h1>Shop</h1>';
  }
}
