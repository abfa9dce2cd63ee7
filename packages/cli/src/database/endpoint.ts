/** The endpoint of DynamoDB that variables name, in the order in which the store reads them. */
export const namedEndpoint = (): string | undefined =>
  process.env.AWS_ENDPOINT_URL_DYNAMODB ?? process.env.AWS_ENDPOINT_URL;
