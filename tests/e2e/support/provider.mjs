/**
 * An OpenID provider that nobody here wrote, for the specs: npm's oidc-provider with one client, the portal at
 * the address given as the first argument. Prints its own address once it listens. Access tokens live as many
 * seconds as the second argument says. With "always" as the third it gives refresh tokens to everybody; without it as
 * OpenID Connect has it: to those who asked for them with the prompt "consent".
 */

import Provider from "oidc-provider";

const [portal, seconds, refresh] = process.argv.slice(2);
const port = 20_000 + Math.floor(Math.random() * 20_000);
const issuer = `http://localhost:${port}`;

const scopes = ["openid", "profile", "offline_access", "graph", "tasks", "experts", "endpoint"];
const provider = new Provider(issuer, {
  clients: [
    {
      client_id: "mdr-portal",
      application_type: "web",
      token_endpoint_auth_method: "none",
      grant_types: ["authorization_code", "refresh_token"],
      response_types: ["code"],
      redirect_uris: [portal],
      post_logout_redirect_uris: [portal],
    },
  ],
  clientBasedCORS: () => true,
  cookies: { keys: ["a key for this run"] },
  // A page without a server has no other way to renew; the provider's documentation gives it so.
  ...(refresh === "always" && { issueRefreshToken: async () => true }),
  pkce: { required: () => true },
  scopes,
  ttl: { AccessToken: Number(seconds), Session: 3_600, Interaction: 600, Grant: 3_600, IdToken: 600, RefreshToken: 3_600 },
});

provider.listen(port, () => console.log(`listening ${issuer}`));
