package nl.wijkschakel.kit.web;

import com.fasterxml.jackson.annotation.JsonFormat;
import jakarta.validation.Validator;
import java.time.LocalDate;
import java.util.List;
import nl.wijkschakel.kit.seal.KeyedHash;
import org.springdoc.core.utils.SpringDocUtils;
import org.springframework.beans.factory.ObjectProvider;
import org.springframework.beans.factory.annotation.Value;
import org.springframework.boot.jackson.autoconfigure.JsonMapperBuilderCustomizer;
import org.springframework.boot.web.servlet.FilterRegistrationBean;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.context.annotation.Import;
import org.springframework.core.Ordered;
import org.springframework.web.filter.OncePerRequestFilter;
import org.springframework.web.method.support.HandlerMethodArgumentResolver;
import org.springframework.web.servlet.config.annotation.WebMvcConfigurer;
import tools.jackson.core.StreamReadFeature;
import tools.jackson.databind.DeserializationFeature;
import tools.jackson.databind.MapperFeature;
import tools.jackson.databind.cfg.CoercionAction;
import tools.jackson.databind.cfg.CoercionInputShape;
import tools.jackson.databind.cfg.EnumFeature;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.type.LogicalType;

/** What requests and answers look like in every service. */
@Configuration(proxyBeanMethods = false)
@Import(Problems.class)
public class WebConfiguration {

    /** A body is what it says it is: no unknown field is ignored, no number taken for a text or a count of days. */
    @Bean
    JsonMapperBuilderCustomizer strict() {
        return json -> json.enable(DeserializationFeature.FAIL_ON_UNKNOWN_PROPERTIES)
                .enable(DeserializationFeature.FAIL_ON_TRAILING_TOKENS)
                .disable(DeserializationFeature.ACCEPT_FLOAT_AS_INT)
                .disable(DeserializationFeature.FAIL_ON_NULL_FOR_PRIMITIVES) // a missing yes-or-no is a no
                .enable(EnumFeature.FAIL_ON_NUMBERS_FOR_ENUMS)
                .enable(StreamReadFeature.STRICT_DUPLICATE_DETECTION)
                .disable(MapperFeature.ALLOW_COERCION_OF_SCALARS)
                .withConfigOverride(LocalDate.class, date -> date.setFormat(JsonFormat.Value.forLeniency(false)))
                .withCoercionConfig(
                        LogicalType.Textual,
                        text -> text.setCoercion(CoercionInputShape.Integer, CoercionAction.Fail)
                                .setCoercion(CoercionInputShape.Float, CoercionAction.Fail)
                                .setCoercion(CoercionInputShape.Boolean, CoercionAction.Fail));
    }

    // they come from headers and the query
    static {
        SpringDocUtils.getConfig().addRequestWrapperToIgnore(Version.class, IdempotencyKey.class, Paging.class);
    }

    @Bean
    MergePatch mergePatch(JsonMapper json, Validator validator) {
        return new MergePatch(json, validator);
    }

    @Bean
    FilterRegistrationBean<BodyLimit> bodyLimit(JsonMapper json, @Value("${web.streamed-bodies:}") String streamed) {
        var filter = new FilterRegistrationBean<>(new BodyLimit(json, streamed));
        filter.setOrder(Ordered.LOWEST_PRECEDENCE); // after the login: a stranger's body is not read
        return filter;
    }

    /** The public says which release answers (NL API Design Rules). */
    @Bean
    FilterRegistrationBean<OncePerRequestFilter> apiVersion(@Value("${api.version}") String version) {
        var filter = new FilterRegistrationBean<OncePerRequestFilter>(new ApiVersion(version));
        filter.setOrder(Ordered.HIGHEST_PRECEDENCE);
        return filter;
    }

    @Bean
    WebMvcConfigurer requestParameters(ObjectProvider<KeyedHash> hash) {
        return new WebMvcConfigurer() {
            @Override
            public void addArgumentResolvers(List<HandlerMethodArgumentResolver> resolvers) {
                resolvers.add(new RequestParameters(hash.getIfAvailable()));
            }
        };
    }
}
