#include "core/dataset/web_client.h"

#include <utility>

#include "core/base/limits.h"

namespace loom {
namespace {

using std::chrono::seconds;

constexpr const char* kProduct = "spriteloom";  // the name that robots.txt may address
constexpr seconds kLongestHoldOff{60};
constexpr int kMostHoldOffs = 2;

constexpr int kNotFound = 404;
constexpr int kGone = 410;
constexpr int kTooMany = 429;
constexpr int kUnavailable = 503;

bool isRedirect(const WebHead& head) {
  const int status = head.status;
  return status == 301 || status == 302 || status == 303 || status == 307 || status == 308;
}

bool isGood(const WebHead& head) {
  return head.status >= 200 && head.status <= 299;
}

[[noreturn]] void failStatus(const WebHead& head, const WebAddress& address) {
  const int status = head.status;
  const std::string code = " (HTTP " + std::to_string(status) + ")";
  if (status == kNotFound || status == kGone) {
    throw WebRefused(status, "there is nothing at " + address.url + code, "check the address in a browser");
  }
  if (status == 401 || status == 402 || status == 403 || status == 407 || status == 451) {
    throw WebRefused(status, address.host + " refused " + address.url + code,
                     "save the pictures from your browser, if you may, and import them from there");
  }
  if (status >= 500) {
    throw WebRefused(status, address.host + " has trouble of its own" + code, "try again later");
  }
  throw WebRefused(status, address.host + " did not give " + address.url + code, "check the address in a browser");
}

[[noreturn]] void failTooOften(const WebAddress& address, std::chrono::milliseconds wait) {
  throw WebRefused(kTooMany,
                   address.host + " asks to be left alone for " +
                       std::to_string(std::chrono::ceil<seconds>(wait).count()) + " seconds (HTTP 429)",
                   "try again then; what has been fetched is kept");
}

WebAddress addressOf(const std::string& url) {
  if (auto address = parseWebAddress(url)) return *std::move(address);
  throw Error("'" + url.substr(0, 200) + "' is no address of a web page",
              "give one that begins with http:// or https://, without a user name or password");
}

WebAddress redirected(const WebHead& head, const WebAddress& from) {
  if (auto address = parseWebAddress(head.location)) return *std::move(address);
  throw Error(from.url + " leads on to '" + head.location.substr(0, 200) + "', which is no address of a web page",
              "only http and https are followed; check the address in a browser");
}

}  // namespace

WebClient::WebClient(WebSettings settings)
    : m_connection(settings.times), m_pace(settings.interval, std::move(settings.clock)) {}

WebAnswer WebClient::ask(const WebQuestion& question, const WebSink& sink, JobMonitor& monitor) {
  WebRequest request{.address = addressOf(question.url),
                     .from = question.from,
                     .to = question.to,
                     .unchangedTag = question.unchangedTag,
                     .compressed = question.compressed,
                     .mayBeLocal = false};
  for (int redirects = 0;; ++redirects) {
    request.mayBeLocal = request.address.host == question.localHost;
    requireAllowed(request, monitor);
    WebReply reply = askOnce(request, sink, monitor);
    if (isGood(reply.head)) return {std::move(request.address), std::move(reply)};
    if (!isRedirect(reply.head)) failStatus(reply.head, request.address);
    if (redirects == limits::kMaxRedirects) {
      throw Error(question.url + " leads on more than " + std::to_string(limits::kMaxRedirects) + " times",
                  "open it in a browser and give the address that it ends at");
    }
    request.address = redirected(reply.head, request.address);
  }
}

WebReply WebClient::askOnce(const WebRequest& request, const WebSink& sink, JobMonitor& monitor) {
  const WebAddress& address = request.address;
  if (const auto left = m_pace.left(address.host); left > kLongestHoldOff) failTooOften(address, left);
  for (int holdOffs = 0;; ++holdOffs) {
    m_pace.wait(address.host, monitor);
    WebReply reply = m_connection.get(request, sink, monitor);
    const WebHead& head = reply.head;
    if (head.status != kTooMany && (head.status != kUnavailable || head.retryAfter <= 0)) return reply;
    constexpr std::int64_t kUnless = 10;  // seconds, where the server does not say
    constexpr std::int64_t kDay = 24L * 3600;
    const seconds wait(head.retryAfter > 0 ? std::min(head.retryAfter, kDay) : kUnless);
    m_pace.holdOff(address.host, wait);
    if (wait > kLongestHoldOff || holdOffs == kMostHoldOffs) failTooOften(address, wait);
  }
}

void WebClient::requireAllowed(const WebRequest& request, JobMonitor& monitor) {
  const WebAddress& address = request.address;
  auto rules = m_robots.find(address.origin);
  if (rules == m_robots.end()) {
    rules = m_robots.emplace(address.origin, readRobots(request, monitor)).first;
    m_pace.slowDown(address.host, rules->second.crawlDelay());
  }
  if (rules->second.allows(address.path)) return;
  throw Error(address.host + " asks programs to leave " + address.url + " alone (its robots.txt says so)",
              "save the pictures from your browser, if you may, and import them from there");
}

/// RFC 9309, 2.3.1: a file that is not there allows everything, a server that has trouble allows nothing.
RobotsRules WebClient::readRobots(const WebRequest& page, JobMonitor& monitor) {
  WebRequest request{.address = addressOf(page.address.origin + "/robots.txt"),
                     .from = 0,
                     .to = -1,
                     .unchangedTag = {},
                     .compressed = true,
                     .mayBeLocal = page.mayBeLocal};
  std::string text;
  const WebSink sink = [&](const WebHead&, std::span<const std::byte> bytes) {
    text.append(reinterpret_cast<const char*>(bytes.data()), bytes.size());
    return static_cast<std::int64_t>(text.size()) < limits::kMaxRobotsBytes;
  };
  for (int redirects = 0; redirects <= limits::kMaxRedirects; ++redirects) {
    text.clear();
    const WebReply reply = askOnce(request, sink, monitor);
    if (isGood(reply.head) && reply.end != WebEnd::kCut) return {text, kProduct};
    if (!isRedirect(reply.head)) {
      if (reply.head.status >= 400 && reply.head.status < 500) return {};
      throw Error("the robots.txt of " + page.address.host + ", which says what programs may fetch, could not be read" +
                      (isGood(reply.head) ? ": " + reply.why : " (HTTP " + std::to_string(reply.head.status) + ")"),
                  "the site has trouble of its own: try again later");
    }
    const WebAddress next = redirected(reply.head, request.address);
    request.mayBeLocal = page.mayBeLocal && next.host == page.address.host;
    request.address = next;
  }
  return {};
}

}  // namespace loom
