#include "core/dataset/web_transfer.h"

#include <sys/socket.h>

#include <charconv>
#include <utility>

#include "core/dataset/importer_names.h"
#include "core/dataset/web_network.h"
#include "core/dataset/web_url.h"

namespace loom {
namespace {

std::string trimmedLower(std::string text) {
  text = asciiLowered(text);
  constexpr const char* kAround = " \t\"'";
  const std::size_t begin = text.find_first_not_of(kAround);
  return begin == std::string::npos ? std::string() : text.substr(begin, text.find_last_not_of(kAround) - begin + 1);
}

/// "bytes 100-199/200".
void readContentRange(const std::string& text, WebHead& head) {
  const std::size_t digits = text.find_first_of("0123456789");
  if (digits == std::string::npos) return;
  const char* end = text.data() + text.size();
  std::int64_t from = 0;
  if (std::from_chars(text.data() + digits, end, from).ec == std::errc()) head.from = from;
  const std::size_t slash = text.find('/');
  std::int64_t total = -1;
  if (slash != std::string::npos && std::from_chars(text.data() + slash + 1, end, total).ec == std::errc()) {
    head.total = total;
  }
}

std::size_t onBody(char* data, std::size_t size, std::size_t count, void* user) {
  const std::span<const char> bytes(data, size * count);
  return static_cast<WebTransfer*>(user)->take(std::as_bytes(bytes)) ? bytes.size() : CURL_WRITEFUNC_ERROR;
}

/// Before a socket is made: the name has been resolved, so that names made to point inwards are found too.
curl_socket_t onSocket(void* user, curlsocktype, curl_sockaddr* address) {
  auto* transfer = static_cast<WebTransfer*>(user);
  if (!transfer->allows(isPublicNetwork(address->addr))) {
    transfer->refusedLocal = true;
    return CURL_SOCKET_BAD;
  }
  return ::socket(address->family, address->socktype | SOCK_CLOEXEC, address->protocol);
}

/// Before a request is sent: also over a connection that an earlier request opened.
int onRequest(void* user, char* ip, char*, int, int) {
  auto* transfer = static_cast<WebTransfer*>(user);
  if (transfer->allows(isPublicNetwork(std::string(ip)))) return CURL_PREREQFUNC_OK;
  transfer->refusedLocal = true;
  return CURL_PREREQFUNC_ABORT;
}

}  // namespace

void WebTransfer::install() {
  curl_easy_setopt(easy, CURLOPT_ERRORBUFFER, words);
  curl_easy_setopt(easy, CURLOPT_WRITEFUNCTION, onBody);
  curl_easy_setopt(easy, CURLOPT_WRITEDATA, this);
  curl_easy_setopt(easy, CURLOPT_OPENSOCKETFUNCTION, onSocket);
  curl_easy_setopt(easy, CURLOPT_OPENSOCKETDATA, this);
  curl_easy_setopt(easy, CURLOPT_PREREQFUNCTION, onRequest);
  curl_easy_setopt(easy, CURLOPT_PREREQDATA, this);
}

std::string WebTransfer::header(const char* name) const {
  curl_header* found = nullptr;
  const bool there = curl_easy_header(easy, name, 0, CURLH_HEADER, -1, &found) == CURLHE_OK;
  return there ? validUtf8(found->value) : std::string();
}

void WebTransfer::readHead() {
  if (std::exchange(headRead, true)) return;
  long status = 0;
  curl_easy_getinfo(easy, CURLINFO_RESPONSE_CODE, &status);
  head.status = static_cast<int>(status);
  const std::string type = header("Content-Type");
  head.type = trimmedLower(type.substr(0, type.find(';')));
  if (const std::size_t charset = trimmedLower(type).find("charset="); charset != std::string::npos) {
    const std::string rest = trimmedLower(type).substr(charset + 8);
    head.charset = trimmedLower(rest.substr(0, rest.find(';')));
  }
  head.etag = header("ETag");
  if (!head.etag.starts_with('"')) head.etag.clear();  // a weak one does not promise the same bytes
  head.modified = header("Last-Modified");
  curl_off_t length = -1;
  curl_easy_getinfo(easy, CURLINFO_CONTENT_LENGTH_DOWNLOAD_T, &length);
  const bool encoded = !header("Content-Encoding").empty();  // then the length is not that of what arrives here
  head.length = encoded ? -1 : length;
  constexpr int kPartial = 206;
  if (head.status == kPartial) {
    readContentRange(header("Content-Range"), head);
  } else {
    head.total = head.length;
  }
  const char* location = nullptr;
  curl_easy_getinfo(easy, CURLINFO_REDIRECT_URL, &location);
  if (location != nullptr) head.location = location;
  curl_off_t retryAfter = 0;
  curl_easy_getinfo(easy, CURLINFO_RETRY_AFTER, &retryAfter);
  head.retryAfter = retryAfter;
  const char* ip = nullptr;
  curl_easy_getinfo(easy, CURLINFO_PRIMARY_IP, &ip);
  head.local = !proxied && ip != nullptr && !isPublicNetwork(std::string(ip));
}

bool WebTransfer::take(std::span<const std::byte> bytes) {
  readHead();
  if (head.status < 200 || head.status > 299) {
    constexpr std::int64_t kWorthKeepingTheConnection = 64 << 10;
    dropped += static_cast<std::int64_t>(bytes.size());
    enough = dropped > kWorthKeepingTheConnection;
    return !enough;
  }
  try {
    enough = !(*sink)(head, bytes);
  } catch (...) {
    failure = std::current_exception();
    return false;
  }
  return !enough;
}

}  // namespace loom
