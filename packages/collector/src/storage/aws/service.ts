/** A service of AWS that speaks JSON over POST, as all of its calls have it in common. */
export interface AwsService {
  /** In host names and signatures, as `dynamodb`. */
  name: string;
  /** Before the operation's name in `x-amz-target`, as `DynamoDB_20120810`. */
  target: string;
  contentType: 'application/x-amz-json-1.0' | 'application/x-amz-json-1.1';
  /** Names another endpoint, as `AWS_ENDPOINT_URL_DYNAMODB`. */
  endpointVariable: string;
}
