#include "core/dataset/web_reader.h"

#include <utility>

#include "core/base/error.h"
#include "core/base/limits.h"
#include "core/dataset/web_data_url.h"
#include "core/dataset/web_url.h"
#include "core/image/image_format.h"
#include "core/image/picture_head.h"

namespace loom {
namespace {

constexpr std::size_t kMostOfHead = std::size_t{256} << 10;  // bytes, to find a picture's size in
constexpr std::size_t kHeadAskedFor = std::size_t{64} << 10;
constexpr std::size_t kEnoughToTell = 32;  // bytes, of which format a picture is

std::span<const std::byte> bytesOf(const std::string& text) {
  return std::as_bytes(std::span(text));
}

bool isText(const std::string& type) {
  return type.empty() || type.starts_with("text/") || type == "application/xhtml+xml" || type == "application/xml";
}

bool looksLikeHtml(const std::string& type, const std::string& body) {
  if (type == "text/html" || type == "application/xhtml+xml") return true;
  constexpr std::size_t kNear = 1024;
  const std::string head = asciiLowered(std::string_view(body).substr(0, kNear));
  return isText(type) && (head.find("<html") != std::string::npos || head.find("<!doctype html") != std::string::npos ||
                          head.find("<body") != std::string::npos);
}

[[noreturn]] void failNeither(const std::string& url, const std::string& type) {
  throw Error(url + " is neither a web page nor a picture that can be read" + (type.empty() ? "" : " (" + type + ")"),
              "download it with a browser; an archive can be imported from there");
}

/// Reads as much of an answer as look() needs.
class LookSink {
 public:
  explicit LookSink(const std::string& url) : m_url(url) {}

  bool take(const WebHead& head, std::span<const std::byte> bytes) {
    body.append(reinterpret_cast<const char*>(bytes.data()), bytes.size());
    if (body.size() < kEnoughToTell) return true;
    if (isPicture()) return !pictureSize(bytesOf(body)) && body.size() < kMostOfHead;
    if (!isText(head.type)) failNeither(m_url, head.type);
    if (static_cast<std::int64_t>(body.size()) <= limits::kMaxPageBytes) return true;
    throw Error(
        m_url + " is larger than the " + std::to_string(limits::kMaxPageBytes >> 20) + " MB that are read of a page",
        "save the pictures you want from the browser and import them from there");
  }
  bool isPicture() const { return imageFormat(bytesOf(body)).has_value(); }

  std::string body;

 private:
  const std::string& m_url;
};

void applyHead(WebPicture& picture, const std::string& body, const WebHead& head) {
  picture.bytes = head.total;
  if (const auto size = pictureSize(bytesOf(body))) {
    picture.width = static_cast<int>(size->width);
    picture.height = static_cast<int>(size->height);
  } else if (!imageFormat(bytesOf(body))) {
    picture.problem = "it is no picture that can be read" + (head.type.empty() ? "" : " (" + head.type + ")");
  }
  if (picture.bytes > limits::kMaxFileBytes) {
    picture.problem = "it has more than the " + std::to_string(limits::kMaxFileBytes >> 20) + " MB that are read";
  }
}

}  // namespace

WebReader::WebReader(WebSettings settings) : m_client(std::move(settings)) {}
WebReader::~WebReader() = default;

WebPage WebReader::look(const std::string& url, JobMonitor& monitor) {
  monitor.begin("Reading the page", 0);
  const auto named = parseWebAddress(url);
  LookSink sink(url);
  const WebAnswer answer = m_client.ask(
      {.url = url,
       .localHost = named ? named->host : std::string(),
       .from = 0,
       .to = -1,
       .unchangedTag = {},
       .compressed = true},
      [&](const WebHead& head, std::span<const std::byte> bytes) { return sink.take(head, bytes); }, monitor);
  const WebHead& head = answer.reply.head;
  if (answer.reply.end == WebEnd::kCut) {
    throw Error(url + " could not be read to its end: " + answer.reply.why, "try again later");
  }
  WebPage page;
  if (sink.isPicture()) {
    page.url = answer.address.url;
    page.title = fileNameOf(answer.address);
    WebPicture picture;
    picture.url = page.url;
    picture.name = page.title;
    applyHead(picture, sink.body, head);
    page.pictures.push_back(std::move(picture));
  } else if (looksLikeHtml(head.type, sink.body)) {
    page = readWebPage(sink.body, answer.address.url, head.charset, monitor);
  } else {
    failNeither(url, head.type);
  }
  if (head.local) {
    for (WebPicture& picture : page.pictures) picture.localHost = answer.address.host;
  }
  return page;
}

void WebReader::measure(WebPicture& picture, JobMonitor& monitor) {
  if (!picture.problem.empty()) return;
  if (isDataAddress(picture.url)) {
    if (picture.bytes >= 0) return;  // known since its page was read
    const std::string name = picture.name;
    readDataPicture(picture);
    picture.name = name + picture.name;
    return;
  }
  std::string body;
  // Of a partial answer the little that is left is read too: that keeps the connection for the next picture.
  const WebSink sink = [&](const WebHead& head, std::span<const std::byte> bytes) {
    body.append(reinterpret_cast<const char*>(bytes.data()), bytes.size());
    const bool partial = head.status == 206;
    if (body.size() >= (partial ? 2 * kHeadAskedFor : kMostOfHead)) return false;
    return partial || body.size() < kEnoughToTell || (imageFormat(bytesOf(body)) && !pictureSize(bytesOf(body)));
  };
  try {
    const WebAnswer answer = m_client.ask({.url = picture.url,
                                           .localHost = picture.localHost,
                                           .from = 0,
                                           .to = static_cast<std::int64_t>(kHeadAskedFor) - 1,
                                           .unchangedTag = {},
                                           .compressed = false},
                                          sink, monitor);
    applyHead(picture, body, answer.reply.head);
  } catch (const Cancelled&) {
    throw;
  } catch (const Error& failure) {
    picture.problem = failure.what();
  }
}

std::filesystem::path webFolder(const Project& project, const std::string& pageUrl) {
  const auto address = parseWebAddress(pageUrl);
  const std::string url = address ? address->url : pageUrl;
  constexpr std::size_t kLongestHost = 60;
  return project.folder() / "web-fetch" /
         (webSafeName(address ? address->host : "page", kLongestHost) + "-" + addressHash(url));
}

}  // namespace loom
