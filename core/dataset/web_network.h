// Which network addresses belong to the public internet, and which to this machine or the network it stands in.
#pragma once

#include <string>

struct sockaddr;

namespace loom {

/// Whether an address is reached over the public internet: not this machine, no private, link-local, shared, test or
/// multicast range (the IANA special-purpose registries, RFC 6890), also where IPv6 wraps an IPv4 address.
bool isPublicNetwork(const sockaddr& address);
/// The same for the text of an IP address; false for text that is none.
bool isPublicNetwork(const std::string& ip);
/// Whether a host's name says by itself that it is no public one: a private IP address, localhost, NAME.local.
bool isLocalHostName(const std::string& host);

/// The proxy (of the environment: https_proxy, http_proxy, all_proxy, no_proxy) over which a host is reached; empty
/// where it is reached directly, as hosts of isLocalHostName always are.
std::string proxyFor(const std::string& scheme, const std::string& host);

}  // namespace loom
