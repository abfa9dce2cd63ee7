/** What an alert's webhook is sent, as OpenAPI says it. */
import { ref } from './openapi-parts.mjs';

const header = (/** @type {string} */ name, /** @type {string} */ description) => ({
  name,
  in: 'header',
  required: true,
  description,
  schema: { type: 'string' },
});

export const alertWebhook = {
  post: {
    operationId: 'alertMessage',
    summary: 'An alert fired, or is over',
    description:
      'Signed as Standard Webhooks describe, with the alert’s `signing_secret`. What is not answered with 2xx within 5 s is sent again, up to six times in all, later each time; redirects are not followed.',
    security: [],
    parameters: [
      header(
        'webhook-id',
        'The same for every attempt at one message: by it a receiver leaves out what it has.',
      ),
      header('webhook-timestamp', 'Seconds since 1970 of this attempt.'),
      header(
        'webhook-signature',
        '`v1,` and base64 of the HMAC-SHA256, by the key in the secret, of `{webhook-id}.{webhook-timestamp}.{body}`.',
      ),
    ],
    requestBody: { required: true, content: { 'application/json': { schema: ref('AlertMessage') } } },
    responses: { '2XX': { description: 'It is taken.' } },
  },
};
