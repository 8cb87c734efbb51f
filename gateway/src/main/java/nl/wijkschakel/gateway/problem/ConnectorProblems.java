package nl.wijkschakel.gateway.problem;

import java.io.IOException;
import org.apache.catalina.connector.Request;
import org.apache.catalina.connector.Response;
import org.apache.catalina.valves.ErrorReportValve;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.http.HttpStatusCode;

/** What Tomcat refuses before any filter sees it, such as an address it cannot decode: also told as a problem. */
final class ConnectorProblems extends ErrorReportValve {

    private static final Logger LOG = LoggerFactory.getLogger(ConnectorProblems.class);

    @Override
    protected void report(Request request, Response response, @Nullable Throwable throwable) {
        // nothing went wrong, or somebody has told of it
        if (response.getStatus() < 400 || response.getContentWritten() > 0 || !response.setErrorReported()) {
            return;
        }
        try {
            SecurityHeaders.write(request.getRequest(), response.getResponse());
            Problem.of(HttpStatusCode.valueOf(response.getStatus()))
                    .write(request.getRequest(), response.getResponse());
            response.finishResponse();
        } catch (IOException e) {
            LOG.debug("The caller has left", e);
        }
    }
}
