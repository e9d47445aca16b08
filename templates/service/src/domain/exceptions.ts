/** Something that the caller may be told; the layers outside decide how. */
export abstract class DomainException extends Error {}

/** What was asked for is not there. */
export class NotFoundException extends DomainException {
  override readonly name = 'NotFoundException';
}

/** What was sent cannot be accepted. */
export class InvalidInputException extends DomainException {
  override readonly name: string = 'InvalidInputException';
}

/** Nothing was sent where data is needed. */
export class NoDataProvidedException extends InvalidInputException {
  override readonly name = 'NoDataProvidedException';

  constructor() {
    super('No data provided');
  }
}

/** What was asked for contradicts what is there. */
export class ConflictException extends DomainException {
  override readonly name: string = 'ConflictException';
}

/** What was to be changed is no longer as the caller knows it. */
export class StaleVersionException extends DomainException {
  override readonly name = 'StaleVersionException';

  constructor() {
    super('It has been changed in the meantime: read it again');
  }
}

/** The caller asks more often than it may. */
export class TooManyRequestsException extends DomainException {
  override readonly name = 'TooManyRequestsException';

  constructor() {
    super('Too many requests: try again later');
  }
}

/** Something that is needed to answer cannot be reached at present. */
export class UnavailableException extends DomainException {
  override readonly name: string = 'UnavailableException';
}

/** Another service that is needed to answer failed. */
export class ClientException extends UnavailableException {
  override readonly name = 'ClientException';

  /** @param service its name, as the caller may know it */
  constructor(service: string, options?: ErrorOptions) {
    super(`The service "${service}" is not available`, options);
  }
}
