SwaggerUIBundle({
  url: "/openapi.yml",
  dom_id: "#swagger-ui",
  deepLinking: true,
  // A badge would send the address of the description to a validator elsewhere.
  validatorUrl: null,
});
