#include "core/dataset/web_connection.h"

#include <curl/curl.h>

#include <exception>
#include <new>
#include <utility>

#include "core/dataset/importer_names.h"
#include "core/dataset/web_network.h"
#include "core/dataset/web_transfer.h"

namespace loom {
namespace {

constexpr const char* kUserAgent = "Spriteloom/" SPRITELOOM_VERSION " (+artist tool)";

[[noreturn]] void failUnreachable(CURLcode code, const WebTransfer& transfer) {
  const std::string& host = transfer.request->address.host;
  const std::string why = transfer.words[0] != '\0' ? validUtf8(transfer.words) : curl_easy_strerror(code);
  switch (code) {
    case CURLE_COULDNT_RESOLVE_HOST:
    case CURLE_COULDNT_RESOLVE_PROXY:
      throw WebUnreachable("no address was found for " + host, "check the spelling, and that there is a network");
    case CURLE_COULDNT_CONNECT:
      throw WebUnreachable(host + " could not be reached: " + why,
                           "check that there is a network; the site may also be down: try again later");
    case CURLE_OPERATION_TIMEDOUT:
      throw WebUnreachable(host + " did not answer in time", "try again later; what is there already is kept");
    case CURLE_PEER_FAILED_VERIFICATION:
    case CURLE_SSL_CONNECT_ERROR:
    case CURLE_SSL_CACERT_BADFILE:
      throw WebUnreachable("no safe connection to " + host + " could be made: " + why,
                           "check this machine's date; if it is right, something pretends to be that site");
    default:
      throw WebUnreachable(host + " gave no proper answer: " + why, "try again later");
  }
}

struct ListFree {
  void operator()(curl_slist* list) const { curl_slist_free_all(list); }
};
using Headers = std::unique_ptr<curl_slist, ListFree>;

void prepare(CURL* easy, WebTransfer& transfer, const WebTimes& times, const Headers& headers) {
  const WebRequest& request = *transfer.request;
  const std::string proxy = proxyFor(request.address.scheme, request.address.host);
  transfer.proxied = !proxy.empty();
  constexpr long kSlow = 1000;  // bytes a second
  curl_easy_setopt(easy, CURLOPT_URL, request.address.url.c_str());
  curl_easy_setopt(easy, CURLOPT_PROTOCOLS_STR, "http,https");
  curl_easy_setopt(easy, CURLOPT_FOLLOWLOCATION, 0L);
  curl_easy_setopt(easy, CURLOPT_PROXY, proxy.c_str());
  curl_easy_setopt(easy, CURLOPT_NOPROXY, "");  // the environment's has been looked at
  curl_easy_setopt(easy, CURLOPT_USERAGENT, kUserAgent);
  curl_easy_setopt(easy, CURLOPT_NOSIGNAL, 1L);
  curl_easy_setopt(easy, CURLOPT_QUICK_EXIT, 1L);  // a cancel does not wait for a name server
  curl_easy_setopt(easy, CURLOPT_CONNECTTIMEOUT, static_cast<long>(times.connectSeconds));
  curl_easy_setopt(easy, CURLOPT_LOW_SPEED_LIMIT, kSlow);
  curl_easy_setopt(easy, CURLOPT_LOW_SPEED_TIME, static_cast<long>(times.slowSeconds));
  if (request.compressed) curl_easy_setopt(easy, CURLOPT_ACCEPT_ENCODING, "");
  curl_easy_setopt(easy, CURLOPT_HTTPHEADER, headers.get());
  transfer.install();
}

void append(Headers& headers, const std::string& line) {
  curl_slist* longer = curl_slist_append(headers.get(), line.c_str());
  if (longer == nullptr) throw std::bad_alloc();
  headers.release();
  headers.reset(longer);
}

Headers headersOf(const WebRequest& request) {
  Headers headers;
  append(headers, "Accept: text/html,application/xhtml+xml,image/*;q=0.9,*/*;q=0.5");
  if (request.from > 0 || request.to >= 0) {
    append(headers, "Range: bytes=" + std::to_string(request.from) + "-" +
                        (request.to >= 0 ? std::to_string(request.to) : std::string()));
  }
  if (request.from > 0 && !request.unchangedTag.empty()) append(headers, "If-Range: " + request.unchangedTag);
  return headers;
}

}  // namespace

struct WebConnection::Handles {
  Handles() {
    static const CURLcode once = curl_global_init(CURL_GLOBAL_DEFAULT);
    if (once == CURLE_OK) multi = curl_multi_init();
    if (multi != nullptr) easy = curl_easy_init();
    if (easy == nullptr) {
      curl_multi_cleanup(multi);
      throw Error("the network could not be used", "start the program again");
    }
  }
  Handles(const Handles&) = delete;
  Handles& operator=(const Handles&) = delete;
  ~Handles() {
    curl_easy_cleanup(easy);
    curl_multi_cleanup(multi);
  }
  CURLcode run(JobMonitor& monitor) const;

  CURLM* multi = nullptr;
  CURL* easy = nullptr;
};

/// Through the multi interface, because only that lets us look at the monitor while nothing arrives.
CURLcode WebConnection::Handles::run(JobMonitor& monitor) const {
  constexpr int kPollMilliseconds = 100;
  struct Added {
    CURLM* multi;
    CURL* easy;
    ~Added() { curl_multi_remove_handle(multi, easy); }
  } const added{multi, easy};
  curl_multi_add_handle(multi, easy);
  for (;;) {
    int running = 0;
    if (curl_multi_perform(multi, &running) != CURLM_OK) return CURLE_FAILED_INIT;
    int left = 0;
    while (const CURLMsg* message = curl_multi_info_read(multi, &left)) {
      if (message->msg == CURLMSG_DONE) return message->data.result;
    }
    if (running == 0) return CURLE_FAILED_INIT;
    monitor.checkCancelled();
    curl_multi_poll(multi, nullptr, 0, kPollMilliseconds, nullptr);
  }
}

WebConnection::WebConnection(WebTimes times) : m_handles(std::make_unique<Handles>()), m_times(times) {}
WebConnection::~WebConnection() = default;

WebReply WebConnection::get(const WebRequest& request, const WebSink& sink, JobMonitor& monitor) {
  const std::string& host = request.address.host;
  const auto failLocal = [&] {
    throw Error(host + " lies in a private network, where a page on the internet has no business to point",
                "if it is yours, give its own address");
  };
  if (!request.mayBeLocal && isLocalHostName(host)) failLocal();  // a proxy would not let us see where it leads
  WebTransfer transfer;
  transfer.easy = m_handles->easy;
  transfer.request = &request;
  transfer.sink = &sink;
  curl_easy_reset(m_handles->easy);
  const Headers headers = headersOf(request);
  prepare(m_handles->easy, transfer, m_times, headers);
  const CURLcode code = m_handles->run(monitor);
  if (transfer.failure) std::rethrow_exception(transfer.failure);
  if (transfer.refusedLocal && code != CURLE_OK) failLocal();
  if (code == CURLE_OK && !transfer.headRead) transfer.readHead();
  if (code == CURLE_OK) return {std::move(transfer.head), WebEnd::kWhole, {}};
  if (transfer.enough) return {std::move(transfer.head), WebEnd::kEnough, {}};
  if (!transfer.headRead) failUnreachable(code, transfer);
  return {std::move(transfer.head), WebEnd::kCut,
          code == CURLE_OPERATION_TIMEDOUT ? "it came too slowly" : "the connection broke"};
}

}  // namespace loom
