// What Lambda's Node runtime does, by the documented protocol: ask for an invocation, call the handler, say what came of it.
import { join } from 'node:path';

const api = `http://${process.env.AWS_LAMBDA_RUNTIME_API}/2018-06-01/runtime`;
const say = (path, body) => fetch(api + path, { method: 'POST', body: JSON.stringify(body) });
const asError = (error) => ({ errorType: error?.name, errorMessage: error?.message, stackTrace: [] });

const [file, name] = process.env._HANDLER.split('.');
let handler;
try {
  handler = (await import(join(process.env.LAMBDA_TASK_ROOT, `${file}.mjs`)))[name];
} catch (error) {
  await say('/init/error', asError(error));
  process.exit(1);
}

for (;;) {
  const next = await fetch(`${api}/invocation/next`);
  const id = next.headers.get('lambda-runtime-aws-request-id');
  const deadline = Number(next.headers.get('lambda-runtime-deadline-ms'));
  const context = { awsRequestId: id, getRemainingTimeInMillis: () => deadline - Date.now() };
  const event = await next.json();
  try {
    await say(`/invocation/${id}/response`, await handler(event, context));
  } catch (error) {
    await say(`/invocation/${id}/error`, asError(error));
  }
}
