/** The two components of the 422 answer, exactly as FastAPI publishes them: generated clients know them by these names. */
export declare const validationErrorSchemas: {
  body: {
    properties: {
      detail: {
        items: {
          $ref: string;
        };
        type: string;
        title: string;
      };
    };
    type: string;
    title: string;
  };
  item: {
    properties: {
      loc: {
        items: {
          anyOf: {
            type: string;
          }[];
        };
        type: string;
        title: string;
      };
      msg: {
        type: string;
        title: string;
      };
      type: {
        type: string;
        title: string;
      };
      input: {
        title: string;
      };
      ctx: {
        type: string;
        title: string;
      };
    };
    type: string;
    required: string[];
    title: string;
  };
};
