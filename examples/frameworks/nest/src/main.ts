import { NestFactory } from '@nestjs/core';
import { AppModule } from './app.module';
import { toExpress } from '@liveinsight/collector/express';
import { collector } from './liveinsight';

async function bootstrap() {
  const app = await NestFactory.create(AppModule);
  app.use(toExpress(collector()));
  app.enableShutdownHooks();
  await app.listen(process.env.PORT ?? 3000);
}
void bootstrap();
