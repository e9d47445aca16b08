/** An error that the caller may know of; the outer layers decide how it is reported. */
export abstract class DomainException extends Error {}

/** The requested resource does not exist. */
export class NotFoundException extends DomainException {
  override readonly name = 'NotFoundException';
}

/** The input is invalid. */
export class InvalidInputException extends DomainException {
  override readonly name: string = 'InvalidInputException';
}

/** A request that requires data has none. */
export class NoDataProvidedException extends InvalidInputException {
  override readonly name = 'NoDataProvidedException';

  constructor() {
    super('No data provided');
  }
}

/** The request conflicts with the current state. */
export class ConflictException extends DomainException {
  override readonly name: string = 'ConflictException';
}

/** The resource was modified after the caller read it. */
export class StaleVersionException extends DomainException {
  override readonly name = 'StaleVersionException';

  constructor() {
    super('The resource was modified; fetch it again');
  }
}

/** The caller exceeds its rate limit. */
export class TooManyRequestsException extends DomainException {
  override readonly name = 'TooManyRequestsException';

  constructor() {
    super('Too many requests; try again later');
  }
}

/** A dependency is temporarily unavailable. */
export class UnavailableException extends DomainException {
  override readonly name: string = 'UnavailableException';
}

/** Another service that this one depends on failed. */
export class ClientException extends UnavailableException {
  override readonly name = 'ClientException';

  /** @param service its name, as the caller may know it */
  constructor(service: string, options?: ErrorOptions) {
    super(`The service "${service}" is not available`, options);
  }
}
