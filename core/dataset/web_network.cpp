#include "core/dataset/web_network.h"

#include <arpa/inet.h>
#include <netinet/in.h>
#include <sys/socket.h>

#include <algorithm>
#include <array>
#include <cstdint>
#include <cstdlib>
#include <cstring>
#include <sstream>

namespace loom {
namespace {

struct Block {
  std::uint32_t address;
  int bits;
};

constexpr std::uint32_t ipv4(std::uint32_t a, std::uint32_t b, std::uint32_t c, std::uint32_t d) {
  return a << 24U | b << 16U | c << 8U | d;
}

// IANA IPv4 Special-Purpose Address Registry, and multicast with all above it.
constexpr std::array<Block, 14> kNotPublic{{{ipv4(0, 0, 0, 0), 8},
                                            {ipv4(10, 0, 0, 0), 8},
                                            {ipv4(100, 64, 0, 0), 10},
                                            {ipv4(127, 0, 0, 0), 8},
                                            {ipv4(169, 254, 0, 0), 16},
                                            {ipv4(172, 16, 0, 0), 12},
                                            {ipv4(192, 0, 0, 0), 24},
                                            {ipv4(192, 0, 2, 0), 24},
                                            {ipv4(192, 88, 99, 0), 24},
                                            {ipv4(192, 168, 0, 0), 16},
                                            {ipv4(198, 18, 0, 0), 15},
                                            {ipv4(198, 51, 100, 0), 24},
                                            {ipv4(203, 0, 113, 0), 24},
                                            {ipv4(224, 0, 0, 0), 3}}};

bool isPublicIpv4(std::uint32_t address) {
  return std::ranges::none_of(kNotPublic,
                              [&](const Block& block) { return (address ^ block.address) >> (32 - block.bits) == 0; });
}

using Ipv6 = std::array<std::uint8_t, 16>;

std::uint32_t ipv4At(const Ipv6& address, std::size_t at) {
  return ipv4(address[at], address[at + 1], address[at + 2], address[at + 3]);
}

bool isPublicIpv6(const Ipv6& address) {
  const auto begins = [&](std::initializer_list<std::uint8_t> head) {
    return std::equal(head.begin(), head.end(), address.begin());
  };
  constexpr std::size_t kLast = 12;
  if (begins({0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0xFF, 0xFF})) return isPublicIpv4(ipv4At(address, kLast));     // mapped
  if (begins({0, 0x64, 0xFF, 0x9B, 0, 0, 0, 0, 0, 0, 0, 0})) return isPublicIpv4(ipv4At(address, kLast));  // NAT64
  if (begins({0x20, 0x02})) return isPublicIpv4(ipv4At(address, 2));                                       // 6to4
  if (begins({0x20, 0x01, 0x0D, 0xB8}) || begins({0x20, 0x01, 0x00})) return false;  // documentation; Teredo and kin
  return (address[0] & 0xE0U) == 0x20U;  // 2000::/3 is all that has been given out
}

std::string environment(const char* name) {
  const char* value = std::getenv(name);
  return value != nullptr ? value : "";
}

std::string firstOf(std::initializer_list<const char*> names) {
  for (const char* name : names) {
    if (const std::string value = environment(name); !value.empty()) return value;
  }
  return {};
}

/// As most programs read no_proxy: "*", or names, each with all below it.
bool goesDirectly(const std::string& host) {
  std::string list = firstOf({"no_proxy", "NO_PROXY"});
  std::ranges::replace(list, ',', ' ');
  std::istringstream words(list);
  for (std::string name; words >> name;) {
    if (name == "*") return true;
    if (name.starts_with('.')) name.erase(0, 1);
    if (!name.empty() && (host == name || host.ends_with("." + name))) return true;
  }
  return false;
}

}  // namespace

bool isPublicNetwork(const sockaddr& address) {
  if (address.sa_family == AF_INET) {
    sockaddr_in full{};
    std::memcpy(&full, &address, sizeof(full));
    return isPublicIpv4(ntohl(full.sin_addr.s_addr));
  }
  if (address.sa_family == AF_INET6) {
    sockaddr_in6 full{};
    std::memcpy(&full, &address, sizeof(full));
    Ipv6 bytes{};
    std::memcpy(bytes.data(), &full.sin6_addr, bytes.size());
    return isPublicIpv6(bytes);
  }
  return false;
}

bool isPublicNetwork(const std::string& ip) {
  in_addr v4{};
  if (inet_pton(AF_INET, ip.c_str(), &v4) == 1) return isPublicIpv4(ntohl(v4.s_addr));
  Ipv6 v6{};
  const std::string plain = ip.substr(0, ip.find('%'));  // without the zone
  return inet_pton(AF_INET6, plain.c_str(), v6.data()) == 1 && isPublicIpv6(v6);
}

bool isLocalHostName(const std::string& host) {
  in_addr v4{};
  Ipv6 v6{};
  const std::string plain = host.substr(0, host.find('%'));
  if (inet_pton(AF_INET, plain.c_str(), &v4) == 1 || inet_pton(AF_INET6, plain.c_str(), v6.data()) == 1) {
    return !isPublicNetwork(plain);
  }
  const std::string name = host.ends_with('.') ? host.substr(0, host.size() - 1) : host;
  return name == "localhost" || name.ends_with(".localhost") || name.ends_with(".local");
}

std::string proxyFor(const std::string& scheme, const std::string& host) {
  if (isLocalHostName(host) || goesDirectly(host)) return {};
  return scheme == "https" ? firstOf({"https_proxy", "HTTPS_PROXY", "all_proxy", "ALL_PROXY"})
                           : firstOf({"http_proxy", "all_proxy", "ALL_PROXY"});
}

}  // namespace loom
